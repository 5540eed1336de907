// `npm run config -- export`: prints channels and routes as they are in force, as smartcloudops.yaml would have them.
import { fail, runningInstance } from "./running-instance.ts";

if (process.argv[2] !== "export") fail('Write "npm run config -- export".');
const { url, key } = runningInstance(process.env);
const response = await fetch(`${url}/api/v1/routing`, {
	headers: { authorization: `Bearer ${key}` },
	signal: AbortSignal.timeout(30_000),
}).catch(() => fail(`The product at ${url} does not answer; is it running?`));
if (!response.ok) fail(`The routing can't be read: ${response.statusText} (${response.status}).`);
process.stdout.write(await response.text());
