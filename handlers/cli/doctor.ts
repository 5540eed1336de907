// `npm run doctor`: checks the running installation; ends with 1 where something is broken.
import { z } from "zod";
import { call, runningInstance } from "./running-instance.ts";

const Findings = z.object({
	items: z.array(
		z.object({
			area: z.string(),
			name: z.string(),
			verdict: z.enum(["ok", "warn", "fail", "off"]),
			text: z.string(),
			remedy: z.string().optional(),
		}),
	),
});
const MARKS = { ok: "fine  ", warn: "look  ", fail: "BROKEN", off: "off   " } as const;

const { items } = Findings.parse(await call(runningInstance(process.env), "GET", "/api/v1/doctor"));
const width = Math.max(...items.map(({ area, name }) => `${area}: ${name}`.length));
for (const { area, name, verdict, text, remedy } of items) {
	process.stdout.write(`${MARKS[verdict]}  ${`${area}: ${name}`.padEnd(width)}  ${text}\n`);
	if (remedy) process.stdout.write(`${" ".repeat(width + 10)}${remedy}\n`);
}
const broken = items.filter(({ verdict }) => verdict === "fail").length;
process.stdout.write(broken === 0 ? "\nNothing is broken.\n" : `\n${broken} broken.\n`);
process.exit(broken === 0 ? 0 : 1);
