import type { ChatMessage } from "../../domain/chat-message.ts";
import type { CheckFinding } from "../../domain/check-finding.ts";
import type { Command } from "./command.ts";

export type DoctorDeps = {
	/** As the use case `runChecks`. */
	runChecks(): Promise<readonly CheckFinding[]>;
	/** As the use case `doctorMessage`. */
	doctorMessage(findings: readonly CheckFinding[]): ChatMessage;
};

/** Looks at the installation itself. */
export const doctor: Command<DoctorDeps> = {
	words: ["doctor"],
	does: "checks this installation and says what to mend",
	reserved: true,
	forms: [
		{
			usage: "doctor",
			does: "checks everything and says what to mend",
			role: "viewer",
			pattern: /^doctor$/i,
			run: async (deps) => deps.doctorMessage(await deps.runChecks()),
		},
	],
};
