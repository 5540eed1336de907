import type { DatabaseRole } from "../adapters/postgres/roles/database-role.ts";
import { toAppError } from "../domain/errors.ts";
import type { Watch } from "../domain/watch.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { createBoardFollower, createBoardSharer } from "../use-cases/share-board.ts";
import type { WritableWatchBoard } from "../use-cases/watch-board.ts";

const EVERY_MS = 5000;

/**
 * Where ingress and agent are processes of their own: the agent's shares what it scores, ingress' follows. Both in one
 * process need none of it.
 */
export function boardBetweenProcesses(
	deps: {
		readonly store: Store;
		readonly board: WritableWatchBoard;
		readonly watches: readonly Watch[];
		readonly logger: Logger;
	},
	roles: readonly DatabaseRole[],
): { stop(): Promise<void> } {
	const [scores, shows] = [roles.includes("agent"), roles.includes("ingress")];
	if (scores === shows) return { stop: async () => undefined };
	const work = scores ? createBoardSharer(deps, deps.watches) : createBoardFollower(deps, deps.watches);
	let running: Promise<void> | undefined;
	const beat = () => {
		running ??= work()
			.catch((error: unknown) => {
				deps.logger.warn("what is known of the watches could not be shared between processes", {
					error: toAppError(error),
				});
			})
			.finally(() => {
				running = undefined;
			});
	};
	beat();
	const timer = setInterval(beat, EVERY_MS);
	return {
		stop: async () => {
			clearInterval(timer);
			await running;
		},
	};
}
