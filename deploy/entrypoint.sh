#!/bin/sh
# Starts one part of the site in a container. Waits up to a minute for servers that are still starting; a value that
# cannot be used ends the start with one sentence.
set -eu
cd "$(dirname "$0")/.."
part="${1:-web}"

case "$part" in
  prepare | web | worker | reader | scheduler) ;;
  *) exec "$@" ;;
esac

if [ "$part" = prepare ]; then
  python manage.py ensure_bucket
fi
python manage.py check_environment --wait "${START_WAIT:-60}"

case "$part" in
  prepare) exec python manage.py migrate --noinput ;;
  web) exec python -m gunicorn --config deploy/gunicorn.conf.py eppid.wsgi:application ;;
  worker) exec python manage.py db_worker --queue-name '*' --exclude-queues documents --no-reload ;;
  reader) exec python manage.py db_worker --queue-name documents --no-reload ;;
  scheduler) exec python manage.py run_scheduler ;;
esac
