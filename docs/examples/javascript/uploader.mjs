import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

const s3 = new S3Client({}); // made as for production: the environment says where S3 is

/** Upload a stream of any length, and return its ETag. */
export async function uploadFilm(Key, Body) {
  const upload = new Upload({ client: s3, params: { Bucket: "photos", Key, Body } });
  return (await upload.done()).ETag;
}
