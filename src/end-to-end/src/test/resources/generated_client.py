"""The main flow with a client that was generated from the API's document: prints what it finds as JSON."""
import json
import sys
import time

import parallax_client as p

url, key, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
configuration = p.Configuration(host=url.rstrip("/"), api_key={"ApiKey": key}, api_key_prefix={"ApiKey": "Key"})
with p.ApiClient(configuration) as client:
    sources, diffs = p.DataSourcesApi(client), p.DataDiffsApi(client)
    source = sources.create_data_source(
        p.NewDataSource(name="generated python", type="pg", options=p.DataSourceOptions(**options))).id
    keys = sources.guess_primary_key(source, p.KeyGuessRequest(table=["generated_py_a"], candidates=1))
    diff = diffs.create_data_diff(p.DiffRequest(
        data_source1_id=source, data_source2_id=source, table1=["public", "generated_py_a"],
        table2=["public", "generated_py_b"], pk_columns=["id"], algorithm="join")).id
    summary = diffs.data_diff_summary_results(diff)
    while summary.status not in ("success", "failed"):
        time.sleep(0.1)
        summary = diffs.data_diff_summary_results(diff)
    done = diffs.data_diff(diff)
    listed = diffs.list_data_diffs(id=str(diff), result="different")
    print(json.dumps({
        "keys": [candidate.pk for candidate in keys.candidates],
        "exclusives": summary.pks.exclusives,
        "differing": summary.values.values_with_differences,
        "algorithm": done.algorithm,
        "listed": [one.id == diff for one in listed.results]}))
