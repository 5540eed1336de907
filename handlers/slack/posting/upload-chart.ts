import { AppError } from "../../../src/domain/errors.ts";
import type { SlackClient } from "../workspace/slack-client.ts";

/** A picture to be uploaded. `altText` is what a screen reader says of it. */
export type Picture = { readonly png: Uint8Array; readonly title: string; readonly altText: string };

const TIMEOUT_MS = 10_000;
const MOST_ALT_CHARACTERS = 1_000;
const MOST_TITLE_CHARACTERS = 200;

/**
 * Uploads a picture (Slack's three steps) and gives the file's id. It is shared with nobody: a message that shows it
 * does that. Not idempotent. AppErrors as of the client.
 */
export async function uploadChart(client: SlackClient, picture: Picture): Promise<string> {
	const { png, title, altText } = picture;
	const alt = altText.slice(0, MOST_ALT_CHARACTERS);
	// Slack's method page names the argument alt_txt, its own client alt_text.
	const wanted = { filename: "chart.png", length: png.byteLength, alt_txt: alt, alt_text: alt };
	const { upload_url: address, file_id: id } = await client.files.getUploadURLExternal(wanted);
	if (address === undefined || id === undefined)
		throw new AppError("unavailable", "Slack gave no address for a picture.");
	await send(uploadAddress(address, client.slackApiUrl), png);
	await client.files.completeUploadExternal({
		files: [{ id, title: title.slice(0, MOST_TITLE_CHARACTERS) }],
	});
	return id;
}

/** Pictures go to Slack alone, or to the host that the Web API is on. */
function uploadAddress(address: string, apiUrl: string): URL {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const isSlack = url?.protocol === "https:" && url.hostname.endsWith(".slack.com");
	if (url && (isSlack || url.host === new URL(apiUrl).host)) return url;
	throw new AppError("unavailable", "Slack named an address for pictures that is not its own.", {
		detail: url?.host ?? "no address",
	});
}

async function send(address: URL, png: Uint8Array): Promise<void> {
	const request = {
		method: "POST",
		headers: { "content-type": "application/octet-stream" },
		body: new Uint8Array(png),
		redirect: "error",
		signal: AbortSignal.timeout(TIMEOUT_MS),
	} as const;
	let status: number;
	try {
		const response = await fetch(address, request);
		await response.body?.cancel();
		status = response.status;
	} catch (error) {
		const detail = error instanceof Error ? error.name : "no answer";
		throw new AppError("unavailable", "Slack did not take a picture; it is tried again.", { detail });
	}
	if (status !== 200)
		throw new AppError("unavailable", "Slack did not take a picture; it is tried again.", {
			detail: `HTTP ${status}`,
		});
}
