import { type Actor, hasRole, personOf, type Role } from "../domain/actor.ts";
import type { Conversation } from "../domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import { AppError } from "../domain/errors.ts";
import type { Demo } from "../ports/demo.ts";
import type { WatchBoard } from "../ports/watch-board.ts";

export type RunCommandDeps = {
	readonly board: WatchBoard;
	readonly demo: Demo | undefined;
	/** The digest of that name, or of the first there is, as it would be sent now. */
	digest(name: string | undefined): Promise<ChatMessage>;
	ask(actor: Actor, text: string, conversation: Conversation): Promise<ChatMessage>;
};

type Command = {
	readonly usage: string;
	readonly does: string;
	readonly role: Role;
	readonly pattern: RegExp;
	run(deps: RunCommandDeps, match: RegExpExecArray): Promise<ChatMessage>;
};

const COMMANDS: readonly Command[] = [
	{
		usage: "help",
		does: "lists the commands",
		role: "viewer",
		pattern: /^help$/i,
		run: async () => helpMessage(),
	},
	{
		usage: "watches",
		does: "shows every watch with its state",
		role: "viewer",
		pattern: /^(?:watches|status)$/i,
		run: async (deps) => watchesMessage(deps.board),
	},
	{
		usage: "digest now [name]",
		does: "compiles the digest of the period that ends now",
		role: "viewer",
		pattern: /^digest now(?:\s+([a-z0-9-]{1,63}))?$/i,
		run: (deps, match) => deps.digest(match[1]),
	},
	{
		usage: "demo break checkout leak|cpu|errors|latency|bad-config",
		does: "makes the sample service go wrong for real",
		role: "operator",
		pattern: /^demo break\s+([a-z0-9-]{1,63})\s+([a-z-]{1,30})$/i,
		run: async (deps, match) => {
			const text = await demoOf(deps).breakTarget(match[1] ?? "", (match[2] ?? "").toLowerCase());
			return chatMessage({ text });
		},
	},
	{
		usage: "demo fix checkout",
		does: "ends every fault of the sample service",
		role: "operator",
		pattern: /^demo fix\s+([a-z0-9-]{1,63})$/i,
		run: async (deps, match) => chatMessage({ text: await demoOf(deps).fixTarget(match[1] ?? "") }),
	},
];

/**
 * What `/ops <text>` does: a command of the list, or else a question.
 * @throws AppError `forbidden` where the role is not enough, and those of the command
 */
export async function runCommand(
	deps: RunCommandDeps,
	actor: Actor,
	text: string,
	conversation: Conversation,
): Promise<readonly ChatMessage[]> {
	const line = text
		.trim()
		.replace(/^\/(?:ops\b\s*)?/i, "")
		.slice(0, 20_000);
	for (const command of COMMANDS) {
		const match = line.length < 500 ? command.pattern.exec(line) : null;
		if (!match) continue;
		const person = personOf(actor);
		if (!person || !hasRole(person.role, command.role))
			throw new AppError(
				"forbidden",
				`Not run: "${command.usage}" needs the role ${command.role}. Nothing changed.`,
			);
		return [await command.run(deps, match)];
	}
	if (/^(?:demo|digest)\b/i.test(line)) {
		const near = COMMANDS.filter((command) =>
			command.usage.startsWith(line.split(/\s+/)[0]?.toLowerCase() ?? ""),
		);
		throw new AppError(
			"invalid",
			`That command is not complete. Write: ${near.map((command) => command.usage).join(" · ")}`,
		);
	}
	return [await deps.ask(actor, line, conversation)];
}

function demoOf(deps: RunCommandDeps): Demo {
	if (deps.demo) return deps.demo;
	throw new AppError(
		"unsupported",
		"There is no sample service here; set sample_workload: true to have one.",
	);
}

function helpMessage(): ChatMessage {
	return chatMessage({
		text: "Commands. Anything else is taken as a question.",
		table: {
			columns: [
				{ title: "Command", align: "left" },
				{ title: "What it does", align: "left" },
			],
			rows: COMMANDS.map((command) => [command.usage, command.does]),
		},
		suggestions: ["what is wrong now?", "cpu of host", "what can you do?"],
	});
}

function watchesMessage(board: WatchBoard): ChatMessage {
	const readings = board.readings();
	const ready = readings.filter((reading) => reading.status.state === "ready").length;
	const rows = readings
		.slice(0, 10)
		.map(({ watch, status }) => [
			watch.name,
			status.state === "learning" ? `learning, ${Math.round(status.progress * 100)} %` : status.state,
			String(status.seriesCount),
		]);
	const more = readings.length - rows.length;
	return chatMessage({
		text: `${ready} of ${readings.length} watches are ready.`,
		table: {
			columns: [
				{ title: "Watch", align: "left" },
				{ title: "State", align: "left" },
				{ title: "Series", align: "right" },
			],
			rows,
		},
		footer: more > 0 ? [`and ${more} others`] : [],
	});
}
