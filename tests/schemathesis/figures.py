"""Reads the figures of headquarters as strictly as Prometheus' own client does."""

import sys
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families

with urllib.request.urlopen(f"{sys.argv[1]}/metrics", timeout=10) as answer:
    families = list(text_string_to_metric_families(answer.read().decode()))

values = {
    (sample.name, sample.labels.get("outcome")): sample.value
    for family in families
    for sample in family.samples
}
print(f"{len(families)} families of figures are well formed")
for name in ("bienban_pushes_total", "bienban_pulls_total"):
    told = {outcome: values[name, outcome] for outcome in ("answered", "refused", "failed")}
    print(name, told)
    if told["failed"] or not told["answered"] or (name.endswith("pushes_total") and not told["refused"]):
        sys.exit(f"`{name}` does not have what was asked for: some must be answered and none fail")
