import type { Problem } from "./types.generated.ts";

/** An answer that is not 2xx, or no answer at all (`status` 0). `message` is a sentence for people. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;

	constructor(status: number, code: string, sentence: string) {
		super(sentence);
		this.name = "ApiError";
		this.status = status;
		this.code = code;
	}
}

/** No answer came: the product is down, or the network is. */
export function noAnswer(): ApiError {
	return new ApiError(0, "no_answer", "No answer came from the product. Look whether it is running.");
}

/** The error in a refusing answer; a body that is no problem document is not shown. */
export async function errorFrom(response: Response): Promise<ApiError> {
	const problem = await response.json().catch(() => undefined);
	return isProblem(problem)
		? new ApiError(response.status, problem.code, problem.detail || problem.title)
		: new ApiError(response.status, "unexpected", `The product answered with status ${response.status}.`);
}

function isProblem(body: unknown): body is Problem {
	return typeof body === "object" && body !== null && "detail" in body && "code" in body;
}

/** Whether the session has ended and signing in is what helps. */
export function isSignedOut(error: unknown): boolean {
	return error instanceof ApiError && error.status === 401;
}
