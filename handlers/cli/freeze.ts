// `npm run freeze -- on [environment=..] [target=..] [for 2h|until 14:00] [reason ..] | reason F-1 <why> | off F-1 <reason> | list`
import { z } from "zod";
import { clockText } from "./clock-text.ts";
import { call, fail, runningInstance } from "./running-instance.ts";
import { tableText } from "./table-text.ts";

const USAGE =
	'Write "npm run freeze -- list", "... on [environment=prod*] [target=checkout*] [for 2h] [reason <why>]", "... reason F-1 <why>" or "... off F-1 <reason>".';
const Said = z.object({
	messages: z.array(z.object({ text: z.string().optional(), footer: z.array(z.string()).default([]) })),
});
const Span = z.object({ name: z.string(), covers: z.string(), startsAt: z.string(), endsAt: z.string() });
const Holds = z.object({
	freezes: z.array(
		z.object({
			id: z.string(),
			covers: z.string(),
			by: z.string(),
			since: z.string(),
			until: z.string().optional(),
			reason: z.string().optional(),
		}),
	),
	maintenance: z.array(Span),
	next: z.array(Span),
});

const [verb, ...rest] = process.argv.slice(2);
const [id = "", ...words] = rest;
if (verb === "on") {
	const said = await call(instance(), "POST", "/api/v1/commands", {
		text: `freeze ${rest.join(" ")}`.trim(),
	});
	for (const { text = "", footer } of Said.parse(said).messages)
		process.stdout.write(`${[text, ...footer.map(inTerminal)].join("\n")}\n`);
} else if ((verb === "off" || verb === "reason") && /^F-\d{1,12}$/i.test(id) && words.length > 0) {
	const path = `/api/v1/freezes/${id.toUpperCase()}/${verb === "off" ? "lift" : "reason"}`;
	show(await call(instance(), "POST", path, { reason: words.join(" ") }));
} else if (verb === "list" && rest.length === 0) show(await call(instance(), "GET", "/api/v1/holds"));
else fail(USAGE);

function instance() {
	return runningInstance(process.env);
}

/** A command of chat as this program has it. */
function inTerminal(line: string): string {
	return line
		.replace(/: unfreeze (F-\d+)/, ": npm run freeze -- off $1")
		.replace(/: freeze (F-\d+) reason/, ": npm run freeze -- reason $1");
}

function show(answer: unknown): void {
	const { freezes, maintenance, next } = Holds.parse(answer);
	const { timeZone } = instance();
	const clock = (time: string) => clockText(time, timeZone);
	const rows = [
		...freezes.map((one) => [
			one.id,
			one.covers,
			`${one.by}, ${clock(one.since)}`,
			one.until === undefined ? "until lifted" : clock(one.until),
			one.reason ?? "",
		]),
		...maintenance.map((one) => [
			"maintenance",
			one.covers,
			clock(one.startsAt),
			clock(one.endsAt),
			one.name,
		]),
	];
	const table = tableText(["what", "covers", `by, since (${timeZone})`, "until", "why"], rows);
	process.stdout.write(rows.length === 0 ? "Nothing is frozen; changes are allowed.\n" : table);
	for (const one of next)
		process.stdout.write(
			`Next maintenance: ${one.name}, ${one.covers}, ${clock(one.startsAt)} (${timeZone})\n`,
		);
}
