import { cutLine, inertText } from "../../domain/inert-text.ts";
import type { Plan } from "../../domain/plan.ts";
import type { AwsCommand } from "../../ports/aws-reader.ts";
import type { Reconciliation, Run, RunState, World } from "../define-remediation.ts";
import { plannedIds } from "./instance-plan.ts";
import { requireReader } from "./require-aws.ts";
import { SETTLED_AFTER_MS } from "./settled.ts";
import { listText } from "./words.ts";

const LONGEST_LINE = 160;
/** The intent is of the database's clock, the command of AWS', which takes no signature that is 15 minutes off. */
const CLOCKS_DIFFER_MS = 15 * 60_000;

/** How the end of a command is told. */
export type CommandWords = {
	/** `Restarted`: what happened on an instance where it succeeded. */
	readonly verb: string;
	/** What a success on all comes to: it may have run and not done its job. */
	readonly done: (command: AwsCommand) => RunState;
};

/** Finds the command of a run by its comment and says what became of it. Sends nothing. */
export async function reconcileCommand(
	plan: Plan,
	{ reader, nowMs }: World,
	run: Run,
	words: CommandWords,
): Promise<Reconciliation> {
	const sinceMs = run.intendedAtMs - CLOCKS_DIFFER_MS;
	const command = await requireReader(reader).findCommand(plan.region ?? "", run.id, sinceMs);
	if (command && !isFor(command, plan))
		return { kind: "not_known", text: `A command with the comment ${run.id} went to other instances` };
	if (command) return judgeCommand(command, words);
	return nowMs - run.intendedAtMs > SETTLED_AFTER_MS
		? { kind: "never_sent", text: "The command never left: Systems Manager lists none of this run" }
		: { kind: "not_known", text: "Systems Manager lists no command of this run so far" };
}

/** Numbers of runs begin anew with a new database, so another installation's command may carry this run's. */
function isFor({ instances }: AwsCommand, plan: Plan): boolean {
	const planned = new Set(plannedIds(plan));
	return instances.length === planned.size && instances.every(({ id }) => planned.has(id));
}

/** What became of a command on each instance, in a sentence. Pure. */
export function judgeCommand(command: AwsCommand, { verb, done }: CommandWords): Reconciliation {
	const { instances } = command;
	const inState = (state: AwsCommand["state"]) => instances.filter((one) => one.state === state);
	const succeeded = inState("succeeded").length;
	if (command.state === "under_way")
		return { kind: "under_way", text: `${verb} ${succeeded} of ${instances.length} so far` };
	if (command.state === "succeeded") return done(command);
	const failures = inState("failed").map(({ id, output }) => `${id} (${lastLine(output)})`);
	const where = failures.length > 0 ? `; failed on ${listText(failures)}` : "";
	return { kind: "failed", text: `${verb} ${succeeded} of ${instances.length}${where}` };
}

/** The last line of an output, as one short harmless line; of our documents' JSON the state in words. */
export function lastLine(output: string): string {
	const line = output.trimEnd().split(/\r?\n/).at(-1)?.trim() ?? "";
	const state = /^\{.*"state":"([^"\\]{1,80})"\}$/.exec(line)?.[1];
	return line === "" ? "no output" : cutLine(inertText(state ?? line), LONGEST_LINE);
}
