require "aws-sdk-s3"

s3 = Aws::S3::Client.new(endpoint: ENV["AWS_ENDPOINT_URL_S3"], force_path_style: true)
photos = Aws::S3::Bucket.new("photos", client: s3)
photos.object("holiday.mp4").upload_file("holiday.mp4", multipart_threshold: 5 * 1024 * 1024)
photos.object("copy.mp4").copy_from(photos.object("holiday.mp4"))
photos.object("copy.mp4").download_file("copy.mp4")
puts photos.objects.map(&:key)
