import type { z } from "zod";
import type { Person } from "../../src/domain/actor.ts";
import type { PersonView } from "./session-schema.ts";

/** A person as the interface shows one. */
export function personView({ id, name, role }: Person): z.input<typeof PersonView> {
	return { id, name, role };
}
