#!/bin/sh
# Loads the dashboards into Kibana: tried again until it answers. What is there already is replaced.
until curl -fsS -X POST "$KIBANA_URL/api/saved_objects/_import?overwrite=true" \
  -H "kbn-xsrf: stoa" --form file=@/kibana/stoa.ndjson; do
  sleep 5
done
