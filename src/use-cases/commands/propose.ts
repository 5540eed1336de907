import type { Actor } from "../../domain/actor.ts";
import { type Approval, isPending } from "../../domain/approval.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { AppError } from "../../domain/errors.ts";
import { timeToken } from "../../domain/time-text.ts";
import type { RemediationCatalog } from "../../ports/remediation-catalog.ts";
import { isChecking } from "../request-checks.ts";
import type { Command, Spot } from "./command.ts";

export type ProposeDeps = {
	readonly catalog: Pick<RemediationCatalog, "list">;
	/** As the use case `proposeRemediation`. */
	propose(
		actor: Actor,
		input: {
			readonly remediation: string;
			readonly parameters: Readonly<Record<string, unknown>>;
			readonly incidentId?: string;
			/** Where the request is shown, too. */
			readonly conversation: Spot["conversation"];
		},
	): Promise<Approval>;
	/** Has a request that is there already shown where it was asked for again. */
	showRequest(approvalId: string, conversation: Spot["conversation"]): Promise<void>;
};

const PAIR = /([a-z_]{1,40})=(?:"([^"]{0,300})"|(\S{1,300}))/gi;

/** Asking for a remediation by its name and parameters, word for word. */
export const propose: Command<ProposeDeps> = {
	words: ["propose", "remediations"],
	does: "asks for a remediation by name; people decide",
	reserved: true,
	forms: [
		{
			usage: "remediations",
			does: "lists what can be asked for, with its parameters",
			role: "viewer",
			pattern: /^remediations?$/i,
			run: async ({ catalog }) => remediationsMessage(catalog),
		},
		{
			usage: "propose <remediation> <parameter>=<value> ... [for INC-3]",
			does: "asks for it; nothing is done before it is approved",
			role: "viewer",
			pattern:
				/^propose\s+([a-z][a-z0-9-]{1,60})((?:\s+[a-z_]{1,40}=(?:"[^"]{0,300}"|\S{1,300}))*)(?:\s+for\s+(INC-\d{1,12}))?$/i,
			run: async (deps, { actor, match, spot }) => {
				const pairs = [...(match[2] ?? "").matchAll(PAIR)];
				const wish = {
					remediation: (match[1] ?? "").toLowerCase(),
					parameters: Object.fromEntries(pairs.map(([, key = "", quoted, bare]) => [key, quoted ?? bare])),
					...(match[3] ? { incidentId: match[3].toUpperCase() } : {}),
					conversation: spot.conversation,
				};
				const approval = await deps.propose(actor, wish).catch(async (error: unknown) => {
					// It may be this very command, interrupted before its request was shown here.
					const known = error instanceof AppError ? error.extra.approvalId : undefined;
					if (typeof known === "string") await deps.showRequest(known, spot.conversation);
					throw error;
				});
				return chatMessage({ text: askedText(approval) });
			},
		},
	],
};

function askedText(approval: Approval): string {
	const { id, plan, status, expiresAtMs, outcome } = approval;
	if (!isPending(status)) return `${plan.title} (${id}): ${outcome ?? "it can't be asked for."}`;
	const first = isChecking(approval) ? " AWS is asked first whether it may be done; then people decide." : "";
	return `${plan.title} is requested as ${id}.${first} Nothing was changed yet; the request expires at ${timeToken(expiresAtMs)}.`;
}

function remediationsMessage(catalog: ProposeDeps["catalog"]): ChatMessage {
	const known = catalog.list();
	return chatMessage({
		text: `${known.length} ${known.length === 1 ? "remediation" : "remediations"} can be asked for. People decide on each.`,
		table: {
			columns: ["Remediation", "What it does", "Risk", "Parameters"].map((title) => ({
				title,
				align: "left" as const,
			})),
			rows: known
				.slice(0, 10)
				.map(({ name, title, risk, parameters }) => [name, title, risk, parametersText(parameters)]),
		},
		footer: [
			known.some(({ name }) => name === "scale-group")
				? "propose scale-group group=web desired=4"
				: "propose restart-service service=checkout",
		],
	});
}

/** The names of the parameters in a JSON Schema; those that may be left out in brackets. */
function parametersText(schema: unknown): string {
	if (typeof schema !== "object" || schema === null || !("properties" in schema)) return "";
	const required = "required" in schema && Array.isArray(schema.required) ? schema.required : [];
	return Object.keys(Object(schema.properties))
		.map((name) => (required.includes(name) ? name : `[${name}]`))
		.join(", ");
}
