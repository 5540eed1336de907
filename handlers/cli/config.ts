// `npm run config -- export`: prints channels and routes as they are in force, as smartcloudops.yaml would have them.
import { z } from "zod";
import { call, fail, runningInstance } from "./running-instance.ts";

if (process.argv[2] !== "export") fail('Write "npm run config -- export".');
const { yaml } = z
	.object({ yaml: z.string() })
	.parse(await call(runningInstance(process.env), "GET", "/api/v1/routing"));
process.stdout.write(yaml);
