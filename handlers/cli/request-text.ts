import { z } from "zod";
import { clockText } from "./clock-text.ts";

/** What the commands of the terminal show of a request. */
export const RequestView = z.object({
	id: z.string(),
	status: z.string(),
	unchecked: z.boolean().optional(),
	title: z.string(),
	summary: z.string(),
	environment: z.string(),
	where: z.string().optional(),
	risk: z.string(),
	reversal: z.string(),
	targets: z.array(z.object({ name: z.string(), id: z.string() })),
	checks: z.array(z.object({ verdict: z.string(), text: z.string() })),
	preflight: z.object({ state: z.string(), statement: z.string().optional() }).optional(),
	planHash: z.string(),
	requester: z.object({ name: z.string() }),
	quorum: z.number(),
	approved: z.number(),
	expiresAt: z.string(),
	takes: z.string().optional(),
	helpedIf: z.string().optional(),
	otherwise: z.string().optional(),
	note: z.string().optional(),
	held: z.string().optional(),
	confirmWord: z.string().optional(),
	outcome: z.string().optional(),
	decisions: z.array(
		z.object({
			person: z.object({ name: z.string() }),
			verdict: z.string(),
			at: z.string(),
			reason: z.string().optional(),
		}),
	),
});
export type RequestView = z.infer<typeof RequestView>;

const MARKS: Readonly<Record<string, string>> = { pass: "ok", fail: "NO", info: "--" };

/** A request in full, with every target, as lines of the terminal, its times by the clock of one zone. Control characters become spaces. Pure. */
export function requestText(request: RequestView, timeZone: string): string {
	const { targets, decisions } = request;
	const word = request.reversal === "rollback" ? "can be taken back" : request.reversal.replaceAll("-", " ");
	const pending = request.status === "proposed" || request.status === "partly_approved";
	const lines = [
		`${request.id} ${request.title}: ${request.unchecked ? "done, not checked" : request.status.replace("_", " ")}`,
		request.summary,
		`${request.risk} risk, ${word}; ${request.where ?? request.environment}; asked by ${request.requester.name}`,
		`plan ${request.planHash}`,
		`${targets.length === 1 ? "1 target" : `${targets.length} targets`}:`,
		...targets.map(({ name, id }) => `  ${name}${name === id ? "" : `  ${id}`}`),
		...request.checks.map(({ verdict, text }) => `  ${MARKS[verdict] ?? "--"}  ${text}`),
		...(request.takes ? [`Takes: ${request.takes}`] : []),
		...(request.helpedIf ? [`Helped if: ${request.helpedIf}`] : []),
		...(request.otherwise ? [`If not: ${request.otherwise}`] : []),
		...(request.note ? [request.note] : []),
		...(request.preflight?.statement ? ["This statement would allow it:", request.preflight.statement] : []),
		...decisions.map(({ person, verdict, at, reason }) => {
			const why = reason === undefined ? "" : `: ${reason}`;
			return `${person.name} ${verdict === "approve" ? "approved" : "denied"} at ${clockText(at, timeZone)}${why}`;
		}),
		...(pending
			? [
					`approved ${request.approved} of ${request.quorum}; expires ${clockText(request.expiresAt, timeZone)}`,
				]
			: []),
		...(pending && request.held ? [request.held] : []),
		...(pending && request.confirmWord
			? [`To approve it add: --confirm "${request.confirmWord}" --reason "<why>"`]
			: []),
		...(request.outcome ? [request.outcome] : []),
		`Times: ${timeZone}`,
	];
	return `${lines.map((line) => line.replaceAll(/[^\P{Cc}\n]/gu, " ")).join("\n")}\n`;
}
