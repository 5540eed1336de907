import { isNativeError } from "node:util/types";
import { AppError } from "../src/domain/errors.ts";

/** Why a server can't listen, as the sentence for the person who starts it; other errors pass unchanged. */
export function listenProblem(error: unknown, host: string, port: number): unknown {
	const code = isNativeError(error) && "code" in error ? error.code : undefined;
	const where = `${host}:${port}`;
	const options = { cause: error };
	if (code === "EADDRINUSE")
		return new AppError(
			"conflict",
			`${where} is in use; stop the other program or set PORT to a free port.`,
			options,
		);
	if (code === "EACCES")
		return new AppError(
			"forbidden",
			`Listening on ${where} is not allowed; set PORT to 1024 or above.`,
			options,
		);
	if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
		return new AppError("invalid", `${host} is no address of this machine; correct HOST.`, options);
	return error;
}
