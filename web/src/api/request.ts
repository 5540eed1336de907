import { errorFrom, noAnswer } from "./api-error.ts";

/** In texts the server writes times in this zone. */
const COMMON_HEADERS = {
	accept: "application/json",
	"x-time-zone": Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** Reads one resource. Throws `ApiError`. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
	return answerOf(await call(path, { headers: COMMON_HEADERS, ...(signal ? { signal } : {}) }));
}

/** Reads a resource that is text, such as a picture. Throws `ApiError`. */
export async function readText(path: string, signal: AbortSignal): Promise<string> {
	return (await call(path, { signal })).text();
}

/** Sends JSON (nothing where `body` is undefined) with the session's CSRF token. Throws `ApiError`; never sends twice. */
export async function send<T>(path: string, body: unknown, csrfToken?: string): Promise<T> {
	return answerOf(await post(path, body, csrfToken));
}

/** As `send`, for an answer that is a file: its content, and the name it should have. */
export async function sendForFile(
	path: string,
	body: unknown,
	csrfToken?: string,
): Promise<{ readonly content: Blob; readonly name: string }> {
	const response = await post(path, body, csrfToken);
	const disposition = response.headers.get("content-disposition") ?? "";
	return { content: await response.blob(), name: /filename="([^"]+)"/.exec(disposition)?.[1] ?? "export" };
}

function post(path: string, body: unknown, csrfToken: string | undefined): Promise<Response> {
	return call(path, {
		method: "POST",
		headers: {
			...COMMON_HEADERS,
			...(body === undefined ? {} : { "content-type": "application/json" }),
			...(csrfToken ? { "x-csrf-token": csrfToken } : {}),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

async function call(path: string, init: RequestInit): Promise<Response> {
	const response = await fetch(path, init).catch((error: unknown) => {
		throw init.signal?.aborted ? error : noAnswer();
	});
	if (!response.ok) throw await errorFrom(response);
	return response;
}

async function answerOf<T>(response: Response): Promise<T> {
	if (response.status === 204) return undefined as T;
	return (await response.json()) as T;
}
