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

/** As `send`, for an answer that is text, such as a picture. */
export async function sendForText(path: string, body: unknown, csrfToken?: string): Promise<string> {
	return (await post(path, body, csrfToken)).text();
}

/** As `send`, for an answer that comes as lines of JSON: each as it comes, until `signal` says that nobody waits. */
export async function* sendForLines<T>(
	path: string,
	body: unknown,
	csrfToken: string | undefined,
	signal: AbortSignal,
): AsyncGenerator<T> {
	const response = await post(path, body, csrfToken, signal);
	const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
	let rest = "";
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		const lines = (rest + part.value).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) if (line !== "") yield JSON.parse(line) as T;
	}
}

function post(
	path: string,
	body: unknown,
	csrfToken: string | undefined,
	signal?: AbortSignal,
): Promise<Response> {
	return call(path, {
		method: "POST",
		...(signal ? { signal } : {}),
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
