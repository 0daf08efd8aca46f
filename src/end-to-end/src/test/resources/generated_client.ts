/** The main flow with a client that was generated from the API's document: prints what it finds as JSON. */
import { Configuration, DataDiffsApi, DataSourcesApi } from './index';

declare const process: { argv: string[]; exit(code: number): void };

async function main(url: string, key: string, options: any): Promise<void> {
    const configuration = new Configuration({ basePath: url.replace(/\/$/, ''), apiKey: 'Key ' + key });
    const sources = new DataSourcesApi(configuration);
    const diffs = new DataDiffsApi(configuration);
    const source = (await sources.createDataSource({
        newDataSource: { name: 'generated typescript', type: 'pg', options: options },
    })).id;
    const keys = await sources.guessPrimaryKey({
        id: source, keyGuessRequest: { table: ['generated_ts_a'], candidates: 1 },
    });
    const diff = (await diffs.createDataDiff({
        diffRequest: {
            dataSource1Id: source, dataSource2Id: source, table1: ['public', 'generated_ts_a'],
            table2: ['public', 'generated_ts_b'], pkColumns: ['id'], algorithm: 'join',
        },
    })).id;
    let summary = await diffs.dataDiffSummaryResults({ id: diff });
    while (summary.status !== 'success' && summary.status !== 'failed') {
        await new Promise((resolve) => setTimeout(resolve, 100));
        summary = await diffs.dataDiffSummaryResults({ id: diff });
    }
    const done = await diffs.dataDiff({ id: diff });
    const listed = await diffs.listDataDiffs({ id: String(diff), result: 'different' });
    console.log(JSON.stringify({
        keys: keys.candidates.map((candidate) => candidate.pk),
        exclusives: summary.pks!.exclusives,
        differing: summary.values!.valuesWithDifferences,
        algorithm: done.algorithm,
        listed: listed.results.map((one) => one.id === diff),
    }));
}

main(process.argv[2], process.argv[3], JSON.parse(process.argv[4])).catch((failure) => {
    console.log(String(failure));
    process.exit(1);
});
