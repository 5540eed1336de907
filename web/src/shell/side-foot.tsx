import { Link } from "wouter";
import type { SessionView } from "../api/types.generated.ts";
import { useStatus } from "../api/use-readings.ts";
import { Icon } from "../components/icon.tsx";
import { SignOutButton, ThemeButton } from "../components/session-buttons.tsx";
import { ChangesAllowed } from "./changes-allowed.tsx";

type Props = { readonly session: SessionView; readonly onShowKeys: () => void };

/** Whether changes are allowed, what is wrong with the installation, who you are and as what. */
export function SideFoot({ session, onShowKeys }: Props) {
	const problems = useStatus().data?.problems.length ?? 0;
	const { name, role } = session.person;
	return (
		<div className="side-foot">
			<ChangesAllowed role={role} />
			{problems > 0 && (
				<div>
					<Icon name="warn" className="medium" />
					<Link href="/">{problems === 1 ? "1 problem" : `${problems} problems`}</Link>
				</div>
			)}
			<div>
				<Icon name="people" />
				<span>
					{name} <span className="meta">· {role}</span>
				</span>
			</div>
			<div>
				<Icon name="shadow" />
				<ThemeButton className="text-button" />
				<span className="meta" aria-hidden="true">
					·
				</span>
				<button type="button" className="text-button" onClick={onShowKeys}>
					Keys
				</button>
				<span className="meta" aria-hidden="true">
					·
				</span>
				<SignOutButton className="text-button" />
			</div>
		</div>
	);
}
