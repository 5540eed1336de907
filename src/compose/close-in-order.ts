import { toAppError } from "../domain/errors.ts";
import type { Logger } from "../ports/logger.ts";

/** Something that was opened, in the order of opening. */
export type Closer = { readonly name: string; close(): Promise<void> };

/** Closes everything, the last opened first; one that fails does not keep the others open. Empties the list. */
export async function closeInOrder(closers: Closer[], logger: Logger | undefined): Promise<void> {
	for (let closer = closers.pop(); closer; closer = closers.pop()) {
		const { name } = closer;
		await closer.close().catch((error: unknown) => {
			logger?.warn("a part could not be closed", { part: name, error: toAppError(error) });
		});
	}
}
