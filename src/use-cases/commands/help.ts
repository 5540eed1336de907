import { hasRole, type Person } from "../../domain/actor.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import type { Command, CommandEntry } from "./command.ts";

/** Lists what the person who asks may run. Guests have it too. */
export const help: Command<unknown> = {
	words: ["help"],
	does: "lists the commands",
	reserved: false,
	forms: [
		{
			usage: "help",
			does: "lists the commands you may use",
			role: "guest",
			pattern: /^help$/i,
			run: async (_deps, { person, commands }) => overview(person, commands),
		},
		{
			usage: "help <command>",
			does: "shows every form of one command",
			role: "guest",
			pattern: /^help\s+([a-z]{1,20})$/i,
			run: async (_deps, { person, commands, match }) => formsOf(person, commands, match[1] ?? ""),
		},
	],
};

const COLUMNS = [
	{ title: "Command", align: "left" as const },
	{ title: "What it does", align: "left" as const },
];

function overview(person: Person, commands: readonly CommandEntry[], unknown?: string): ChatMessage {
	const open = commands.filter((command) => command.forms.some((form) => hasRole(person.role, form.role)));
	return chatMessage({
		text:
			unknown === undefined
				? "Commands. Anything else is taken as a question."
				: `There is no command "${unknown}". These there are; anything else is taken as a question.`,
		table: {
			columns: COLUMNS,
			rows: overviewRows(open),
		},
		footer: [`Write "help" and a command for all its forms, such as: help ${exampleOf(open)}`],
		suggestions: ["what is wrong now?", "cpu of host", "what can you do?"],
	});
}

const ROWS = 10;

/** One row for each command; where there are too many, the last row names the rest. */
function overviewRows(open: readonly CommandEntry[]): string[][] {
	const shown = open.length > ROWS ? open.slice(0, ROWS - 1) : open;
	const rest = open.slice(shown.length).map((command) => command.words[0] ?? "");
	return [
		...shown.map((command) => [command.words[0] ?? "", command.does]),
		...(rest.length > 0 ? [[rest.join(", "), `more; "help ${rest[0]}" shows one`]] : []),
	];
}

/** The last of the list, which has most to tell; never one that the reader may not run. */
function exampleOf(open: readonly CommandEntry[]): string {
	return open.at(-1)?.words[0] ?? "help";
}

function formsOf(person: Person, commands: readonly CommandEntry[], word: string): ChatMessage {
	const command = commands.find((item) => item.words.includes(word.toLowerCase()));
	// "help me", and what else people write.
	if (!command) return overview(person, commands, word);
	return chatMessage({
		text: `${command.words[0]} ${command.does}.`,
		table: {
			columns: COLUMNS,
			rows: command.forms
				.slice(0, 10)
				.map((form) => [
					form.usage,
					hasRole(person.role, form.role) ? form.does : `${form.does}; needs the role ${form.role}`,
				]),
		},
	});
}
