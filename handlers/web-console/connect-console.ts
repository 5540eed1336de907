import type { ChatConnection, ChatConnectionDeps } from "../../src/ports/chat-connection.ts";
import { webConsolePlatform } from "./platform.ts";

/** The web console, which is always there. Its incoming side are routes of the HTTP interface. */
export async function connectConsole({ store }: ChatConnectionDeps): Promise<ChatConnection> {
	return { platform: webConsolePlatform({ store }) };
}
