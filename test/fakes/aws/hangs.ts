import type { ServerResponse } from "node:http";

/** Calls that wait for a release or for their client to give up. */
export type Hang = {
	/** True when released, false when the client went away first. */
	wait(response: ServerResponse): Promise<boolean>;
	release(): number;
	count(): number;
};

export function hangs(): Hang {
	const waiting = new Set<(released: boolean) => void>();
	return {
		wait: (response) =>
			new Promise((resolve) => {
				const end = (released: boolean) => {
					waiting.delete(end);
					resolve(released);
				};
				waiting.add(end);
				response.once("close", () => end(false));
				if (response.destroyed) end(false);
			}),
		release() {
			const count = waiting.size;
			for (const end of waiting) end(true);
			return count;
		},
		count: () => waiting.size,
	};
}
