import type { ChatMessage } from "../domain/chat-message.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import { AppError } from "../domain/errors.ts";
import type { HiddenTargets } from "../domain/visibility.ts";
import { compileDigest, type DigestDeps } from "../use-cases/send-digest.ts";

export type DigestOnDemand = DigestDeps & { readonly digests: readonly DigestDefinition[] };

/** Compiles a digest outside of its schedule, by name; without one the first there is. */
export function digestOnDemand(
	deps: DigestOnDemand,
): (name: string | undefined, hidden: HiddenTargets | undefined) => Promise<ChatMessage> {
	return async (name, hidden) => {
		const found = name === undefined ? deps.digests[0] : deps.digests.find((item) => item.name === name);
		if (found) return compileDigest(deps, found, hidden ? { hidden } : {});
		const names = deps.digests.map((item) => item.name).join(", ") || "none";
		throw new AppError("not_found", `There is no digest ${name ?? ""}; there are: ${names}.`);
	};
}
