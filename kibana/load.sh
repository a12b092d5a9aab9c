#!/bin/sh
# Loads the dashboards into Kibana: tried again until it answers and has taken all of them. An answer of 200 alone says
# only that it has read the file. What is there already is replaced.
until curl -fsS -X POST "$KIBANA_URL/api/saved_objects/_import?overwrite=true" \
  -H "kbn-xsrf: stoa" --form file=@/kibana/stoa.ndjson | grep '"success":true'; do
  sleep 5
done
