/** The scope a call needs, as Slack's method pages say; undefined where it needs none. Pure. */
export function neededScope(method: string, channel: string, isPrivate: boolean): string | undefined {
	const kind = channel.startsWith("D") ? "im" : isPrivate ? "groups" : "channels";
	if (/^chat\.(postMessage|postEphemeral|update|delete)$/.test(method)) return "chat:write";
	if (method === "assistant.threads.setStatus") return "chat:write";
	if (/^conversations\.(history|replies)$/.test(method)) return `${kind}:history`;
	if (method === "conversations.info") return `${kind}:read`;
	if (method === "conversations.open") return "im:write";
	if (method === "users.info" || method === "users.list") return "users:read";
	if (/^files\.(getUploadURLExternal|completeUploadExternal)$/.test(method)) return "files:write";
	return undefined;
}
