import { fail, type RunningInstance } from "./running-instance.ts";

/**
 * Calls the product's API as the owner of the admin key and gives each line of JSON of its answer as it comes. Problems
 * end the command with their sentence. An answer that breaks off just ends, without the line that was being sent.
 */
export async function* readLines(
	{ url, key, timeZone }: RunningInstance,
	path: string,
	input: object,
): AsyncGenerator {
	const response = await fetch(`${url}${path}`, {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "x-time-zone": timeZone },
		body: JSON.stringify(input),
	}).catch(() => fail(`The product at ${url} does not answer; is it running?`));
	if (!response.ok || !response.body) {
		const body: unknown = await response.json().catch(() => ({}));
		const said = typeof body === "object" && body !== null && "detail" in body ? body.detail : undefined;
		return fail(`${typeof said === "string" ? said : response.statusText} (${response.status})`);
	}
	let rest = "";
	for await (const chunk of untilBroken(response.body.pipeThrough(new TextDecoderStream()))) {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) if (line !== "") yield JSON.parse(line);
	}
}

async function* untilBroken(pieces: AsyncIterable<string>): AsyncGenerator<string> {
	try {
		yield* pieces;
	} catch {
		// The connection broke: whoever reads misses the last line and says so.
	}
}
