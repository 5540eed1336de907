import { makeFolder } from "../adapters/system/make-folder.ts";
import { AppError } from "../domain/errors.ts";

/** Makes the data folder where it is missing. Error: `forbidden` when it can't be made. */
export async function makeDataDir(dataDir: string): Promise<void> {
	try {
		await makeFolder(dataDir, 0o755);
	} catch (error) {
		throw new AppError(
			"forbidden",
			`The data folder ${dataDir} can't be made; make its parent writable or set DATA_DIR.`,
			{ cause: error },
		);
	}
}
