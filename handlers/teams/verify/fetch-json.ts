const MAXIMUM_BYTES = 1_000_000;

/** A JSON page of at most 1 MB: no redirects, no credentials. Throws on anything but a 200 within `timeoutMs`. */
export async function fetchJson(url: string, timeoutMs: number): Promise<unknown> {
	const response = await fetch(url, {
		redirect: "error",
		credentials: "omit",
		headers: { accept: "application/json" },
		signal: AbortSignal.timeout(timeoutMs),
	});
	if (response.status !== 200 || !response.body) {
		await response.body?.cancel();
		throw new Error(`${url} answered ${response.status}`);
	}
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of response.body) {
		length += chunk.length;
		if (length > MAXIMUM_BYTES) throw new Error(`${url} answered with more than 1 MB`);
		chunks.push(chunk);
	}
	return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
