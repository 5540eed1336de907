import type { ChatPlatform } from "../src/ports/chat-platform.ts";
import type { Store } from "../src/ports/store.ts";
import { webConsolePlatform } from "./web-console/platform.ts";

/** What platforms are made from. */
export type ChatPlatformDeps = { readonly store: Store };

/** Every chat platform, one line each. */
export function chatPlatforms(deps: ChatPlatformDeps): readonly ChatPlatform[] {
	return [webConsolePlatform(deps)];
}
