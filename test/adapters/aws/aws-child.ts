import { openAws } from "../../../src/compose/open-aws.ts";
import { AwsConfig } from "../../../src/config/aws-config.ts";
import { toAppError } from "../../../src/domain/errors.ts";

// A process with nothing but its environment: reboots the instance of the argument and prints what came of it.
const file = { environment: "local", aws: AwsConfig.parse({ regions: ["eu-west-1"] }) };
const opened = await openAws({ file }, { roles: ["executor"], times: { connectMs: 500, effectMs: 1000 } });
const ids = process.argv.slice(2);
const outcome = await opened?.writer?.rebootInstances({ region: "eu-west-1", ids, executionId: "e" }).then(
	() => ({ done: true }),
	(thrown: unknown) => {
		const { code, message, extra } = toAppError(thrown);
		return { code, message, changed: extra.changed ?? "unknown" };
	},
);
process.stdout.write(JSON.stringify(outcome));
