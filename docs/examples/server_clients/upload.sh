set -eu
curl --fail --silent --show-error --upload-file "$1" "$AWS_ENDPOINT_URL_S3/photos/$1" \
    --aws-sigv4 "aws:amz:$AWS_REGION:s3" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \
    --header "x-amz-content-sha256: UNSIGNED-PAYLOAD"
