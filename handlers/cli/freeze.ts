// `npm run freeze -- on [environment=..] [target=..] [for 2h|until 14:00] [reason ..] | off F-1 <reason> | list`
import { z } from "zod";
import { call, fail, runningInstance } from "./running-instance.ts";
import { tableText } from "./table-text.ts";

const USAGE =
	'Write "npm run freeze -- list", "... on [environment=prod*] [target=checkout*] [for 2h] [reason <why>]" or "... off F-1 <reason>".';
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
	const said = await call(runningInstance(process.env), "POST", "/api/v1/commands", {
		text: `freeze ${rest.join(" ")}`.trim(),
	});
	for (const { text = "", footer } of Said.parse(said).messages)
		process.stdout.write(`${[text, ...footer].join("\n")}\n`);
} else if (verb === "off" && /^F-\d{1,12}$/i.test(id) && words.length > 0) {
	const path = `/api/v1/freezes/${id.toUpperCase()}/lift`;
	show(await call(runningInstance(process.env), "POST", path, { reason: words.join(" ") }));
} else if (verb === "list" && rest.length === 0)
	show(await call(runningInstance(process.env), "GET", "/api/v1/holds"));
else fail(USAGE);

function show(answer: unknown): void {
	const { freezes, maintenance, next } = Holds.parse(answer);
	const utc = (time: string) => time.slice(0, 19).replace("T", " ");
	const rows = [
		...freezes.map((one) => [
			one.id,
			one.covers,
			`${one.by}, ${utc(one.since)}`,
			one.until === undefined ? "lifted" : utc(one.until),
			one.reason ?? "",
		]),
		...maintenance.map((one) => ["maintenance", one.covers, utc(one.startsAt), utc(one.endsAt), one.name]),
	];
	const table = tableText(["what", "covers", "by, since (UTC)", "until", "why"], rows);
	process.stdout.write(rows.length === 0 ? "Nothing is frozen; changes are allowed.\n" : table);
	for (const one of next)
		process.stdout.write(`Next maintenance: ${one.name}, ${one.covers}, ${utc(one.startsAt)} UTC\n`);
}
