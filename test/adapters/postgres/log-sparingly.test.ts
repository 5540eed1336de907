import { logSparingly } from "../../../src/adapters/postgres/log-sparingly.ts";
import type { LogFields } from "../../../src/ports/logger.ts";
import { silentLogger } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";

test("a warning is written at once, then kept quiet, then written with how many were left out", async () => {
	const written: (LogFields | undefined)[] = [];
	const warn = (_message: string, fields?: LogFields) => void written.push(fields);
	const complain = logSparingly({ ...silentLogger, warn }, 50);
	for (let count = 1; count <= 5; count += 1) complain("trouble", { count });
	expect(written).toEqual([{ count: 1 }]);
	let more = 5;
	await until(() => {
		more += 1;
		complain("trouble", { count: more });
		return written.length === 2;
	});
	expect(written[1]).toEqual({ count: more, leftOut: more - 2 });
});
