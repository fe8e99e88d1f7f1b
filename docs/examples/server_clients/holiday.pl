use strict;
use warnings;
use Net::Amazon::S3;
use Net::Amazon::S3::Authorization::Basic;
use Net::Amazon::S3::Vendor::Generic;

my $keys = Net::Amazon::S3::Authorization::Basic->new(aws_access_key_id => 'any', aws_secret_access_key => 'any');
my $vendor = Net::Amazon::S3::Vendor::Generic->new(
    host                 => $ENV{AWS_ENDPOINT_URL_S3} =~ s{^http://}{}r,
    use_https            => 0,
    use_virtual_host     => 0,
    authorization_method => 'Net::Amazon::S3::Signature::V4',
);
my $photos = Net::Amazon::S3->new(authorization_context => $keys, vendor => $vendor)->bucket('photos');
$photos->add_key_filename('holiday.mp4', 'holiday.mp4', {content_type => 'video/mp4'});
$photos->copy_key('copy.mp4', '/photos/holiday.mp4');
$photos->get_key_filename('copy.mp4', 'GET', 'copy.mp4');
print "$_->{key}\n" for @{$photos->list_all->{keys}};
