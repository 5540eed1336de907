import { type Actor, hasRole, personOf } from "../domain/actor.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import { AppError } from "../domain/errors.ts";
import type { Spot } from "./commands/command.ts";
import { COMMANDS, type CommandDeps } from "./commands.ts";

export type RunCommandDeps = CommandDeps & {
	ask(actor: Actor, text: string, spot: Spot, timeZone: string): Promise<ChatMessage>;
};

/**
 * What `/ops <text>` does: a command of the list, or else a question.
 * @throws AppError `forbidden` where the role is not enough, `invalid` for a mistyped command, and those of the command
 */
export async function runCommand(
	deps: RunCommandDeps,
	actor: Actor,
	text: string,
	spot: Spot,
	timeZone: string,
): Promise<readonly ChatMessage[]> {
	const line = text
		.trim()
		.replace(/^\/(?:ops\b\s*)?/i, "")
		.slice(0, 20_000);
	for (const form of COMMANDS.flatMap((command) => command.forms)) {
		const match = line.length < 500 ? form.pattern.exec(line) : null;
		if (!match) continue;
		const person = personOf(actor);
		if (!person || !hasRole(person.role, form.role))
			throw new AppError(
				"forbidden",
				`Not run: "${form.usage}" needs the role ${form.role}. Nothing changed.`,
			);
		if (spot.barred !== undefined && (form.changes || hasRole(form.role, "operator")))
			throw new AppError("forbidden", `Not run: ${spot.barred} Nothing changed.`);
		return [await form.run(deps, { actor, person, match, spot, timeZone, commands: COMMANDS })];
	}
	const word = /^\S*/.exec(line)?.[0].toLowerCase() ?? "";
	const meant = COMMANDS.find((command) => command.reserved && command.words.includes(word));
	if (meant)
		throw new AppError(
			"invalid",
			meant.mistake?.(line) ??
				`That command is not complete. Write: ${meant.forms.map((form) => form.usage).join(" · ")}`,
		);
	return [await deps.ask(actor, line, spot, timeZone)];
}
