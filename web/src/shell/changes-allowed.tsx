import type { SessionView } from "../api/types.generated.ts";
import { useHolds } from "../api/use-readings.ts";
import { Icon } from "../components/icon.tsx";
import { changesAllowed, hasFreeze } from "../lib/changes-allowed.ts";
import { FreezeButton } from "./freeze-button.tsx";

/** Whether changes are allowed, with the press that stops them. */
export function ChangesAllowed({ role }: Pick<SessionView["person"], "role">) {
	const holds = useHolds().data;
	const frozen = (holds?.freezes.length ?? 0) > 0;
	return (
		<div className="changes-allowed">
			<Icon name={frozen ? "frozen" : "approvals"} className={frozen ? "low" : ""} />
			<span className="grow clip" title={changesAllowed(role, holds)}>
				{changesAllowed(role, holds)}
			</span>
			{hasFreeze(role) && <FreezeButton className="text-button freeze" />}
		</div>
	);
}
