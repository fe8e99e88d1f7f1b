door="$FAKECOS_CONTROL_URL/v1"
ask() { curl --silent --show-error --fail-with-body "$@"; }

ask --retry 20 --retry-connrefused "$door/health"
ask --request POST "$door/reset"
ask --json '{"name": "photos"}' "$door/buckets"
ask --json '{"operation": "PutObject", "error": "SlowDown", "times": 2}' "$door/faults"
# ... here the program runs ...
ask "$door/journal?operation=PutObject&status=5xx"
ask "$door/state?bucket=photos"
ask --request DELETE "$door/faults"
ask "$door/report"
