import { Link, useLocation } from "wouter";
import type { SessionView } from "../api/types.generated.ts";
import { useSignOut } from "../api/use-actions.ts";
import { useStatus } from "../api/use-readings.ts";
import { Icon } from "../components/icon.tsx";
import { toggleTheme, useTheme } from "../lib/preferences.ts";

const MAY_CHANGE = new Set(["admin", "operator"]);

type Props = { readonly session: SessionView; readonly onShowKeys: () => void };

/** Whether changes are allowed, what is wrong with the installation, who you are and as what. */
export function SideFoot({ session, onShowKeys }: Props) {
	const problems = useStatus().data?.problems.length ?? 0;
	const { name, role } = session.person;
	return (
		<div className="side-foot">
			<div>
				<Icon name="approvals" />
				<span>{MAY_CHANGE.has(role) ? "Changes allowed" : "You may look, not change"}</span>
			</div>
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
				<ThemeButton />
				<span className="meta" aria-hidden="true">
					·
				</span>
				<button type="button" className="text-button" onClick={onShowKeys}>
					Keys
				</button>
				<span className="meta" aria-hidden="true">
					·
				</span>
				<SignOutButton />
			</div>
		</div>
	);
}

function SignOutButton() {
	const [, navigate] = useLocation();
	const signOut = useSignOut();
	return (
		<button
			type="button"
			className="text-button"
			disabled={signOut.isPending}
			onClick={() => signOut.mutate(undefined, { onSuccess: () => navigate("/sign-in") })}
		>
			Sign out
		</button>
	);
}

/** Changes between light and dark. */
function ThemeButton() {
	const theme = useTheme();
	return (
		<button type="button" className="text-button" onClick={toggleTheme}>
			{theme === "dark" ? "Light" : "Dark"}
		</button>
	);
}
