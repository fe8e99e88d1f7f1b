import subprocess, sys

sys.exit(subprocess.call(["sh", *sys.argv[1:]]))
