import { chatMessage } from "../../domain/chat-message.ts";
import { AppError } from "../../domain/errors.ts";
import type { Demo } from "../../ports/demo.ts";
import type { Command } from "./command.ts";

export type DemoDeps = { readonly demo: Demo | undefined };

/** The sample service, broken and mended on purpose. */
export const demo: Command<DemoDeps> = {
	words: ["demo"],
	does: "makes the sample service go wrong for real, or ends that",
	reserved: true,
	forms: [
		{
			usage: "demo break checkout leak|cpu|errors|latency|bad-config",
			does: "makes the sample service go wrong for real",
			role: "operator",
			pattern: /^demo break\s+([a-z0-9-]{1,63})\s+([a-z-]{1,30})$/i,
			run: async (deps, { match }) => {
				const text = await demoOf(deps).breakTarget(match[1] ?? "", (match[2] ?? "").toLowerCase());
				return chatMessage({ text });
			},
		},
		{
			usage: "demo fix checkout",
			does: "ends every fault of the sample service",
			role: "operator",
			pattern: /^demo fix\s+([a-z0-9-]{1,63})$/i,
			run: async (deps, { match }) => chatMessage({ text: await demoOf(deps).fixTarget(match[1] ?? "") }),
		},
	],
};

function demoOf(deps: DemoDeps): Demo {
	if (deps.demo) return deps.demo;
	throw new AppError(
		"unsupported",
		"There is no sample service here; set sample_workload: true to have one.",
	);
}
