import type { ChatConnection, ChatConnectionDeps } from "../src/ports/chat-connection.ts";
import { connectSlack } from "./slack/connect-slack.ts";
import { connectTeams } from "./teams/connect-teams.ts";
import { connectConsole } from "./web-console/connect-console.ts";

/** Every chat platform, one line each. */
export const CHAT_PLATFORMS: readonly ((deps: ChatConnectionDeps) => Promise<ChatConnection>)[] = [
	connectConsole,
	connectSlack,
	connectTeams,
];
