"""botocore, ibm_botocore and aiobotocore, and boto3 on top of them."""
