// `npm run approvals -- list | show A-3 | approve A-3 | deny A-3 | cancel A-3 | resolve A-3 succeeded|failed`
import { parseArgs } from "node:util";
import { z } from "zod";
import { clockText } from "./clock-text.ts";
import { RequestView, requestText } from "./request-text.ts";
import { call, fail, runningInstance } from "./running-instance.ts";
import { tableText } from "./table-text.ts";

const USAGE = `Write "npm run approvals -- list" or one of:
  show A-3
  approve A-3 [--confirm <what it asks for>] [--reason "<why>"]
  deny A-3 [--reason "<why>"]
  cancel A-3 [--reason "<why>"]
  resolve A-3 succeeded|failed --reason "<what you saw>"`;
const Requests = z.object({ items: z.array(RequestView) });

const { verb, id, happened, confirm, reason } = readArguments();
const said = reason === undefined ? {} : { reason };
const path = `/api/v1/approvals/${id}`;

if (verb === "list") await list();
else if (id === undefined) fail(USAGE);
else if (verb === "show") show(await call(instance(), "GET", path));
else if (verb === "approve" || verb === "deny") {
	const confirmation = confirm === undefined ? {} : { confirmation: confirm };
	const body = { verdict: verb, ...said, ...(verb === "approve" ? confirmation : {}) };
	show(await call(instance(), "POST", `${path}/decision`, body));
} else if (verb === "cancel") show(await call(instance(), "POST", `${path}/cancel`, said));
else if (verb === "resolve" && reason !== undefined && (happened === "succeeded" || happened === "failed"))
	show(await call(instance(), "POST", `${path}/resolve`, { happened, reason }));
else fail(USAGE);

function instance() {
	return runningInstance(process.env);
}

/** What waits for a decision, the first to expire first. */
async function list(): Promise<void> {
	const waiting =
		"/api/v1/approvals?status=proposed,partly_approved,approved,executing,verifying,unknown&limit=200";
	const from = instance();
	const { timeZone } = from;
	const { items } = Requests.parse(await call(from, "GET", waiting));
	if (items.length === 0) return void process.stdout.write("Nothing waits, runs or is of unknown outcome.\n");
	const rows = items
		.toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt))
		.map((one) => [
			one.id,
			one.status.replace("_", " "),
			`${one.title}, ${one.environment}`,
			`${one.risk} risk`,
			`${one.approved} of ${one.quorum}`,
			clockText(one.expiresAt, timeZone),
		]);
	process.stdout.write(
		tableText(["request", "state", "what", "risk", "approved", `expires (${timeZone})`], rows),
	);
}

function show(answer: unknown): void {
	process.stdout.write(requestText(RequestView.parse(answer), instance().timeZone));
}

function readArguments() {
	try {
		const { values, positionals } = parseArgs({
			args: process.argv.slice(2),
			allowPositionals: true,
			options: { confirm: { type: "string" }, reason: { type: "string" } },
		});
		const [word, name, outcome, ...rest] = positionals;
		if (rest.length > 0 || (outcome !== undefined && word !== "resolve")) return fail(USAGE);
		if (name !== undefined && !/^A-\d{1,12}$/i.test(name))
			return fail(`"${name}" is no request; they are named A-3.`);
		return { verb: word, id: name?.toUpperCase(), happened: outcome, ...values };
	} catch {
		return fail(USAGE);
	}
}
