import { Link } from "wouter";
import type { SessionView } from "../api/types.generated.ts";
import { useHolds } from "../api/use-readings.ts";
import { Icon } from "../components/icon.tsx";
import { KeyList } from "../components/key-list.tsx";
import { PageHead } from "../components/page-head.tsx";
import { SignOutButton, ThemeButton } from "../components/session-buttons.tsx";
import { changesAllowed, hasFreeze, isAllFrozen } from "../lib/changes-allowed.ts";
import { FreezeButton } from "../shell/freeze-button.tsx";
import { KEYS } from "../shell/keys.ts";
import { MORE_PAGES } from "../shell/pages.ts";

/** What the side bar holds and a phone has no room for: further pages, who you are, theme, keys, sign out. */
export function MorePage({ session }: { readonly session: SessionView }) {
	const { name, role } = session.person;
	const holds = useHolds().data;
	return (
		<>
			<PageHead lead={`${changesAllowed(role, holds)}.`}>{`You are ${name}, ${role}.`}</PageHead>
			<div className="stack gap-above more">
				<section className="card clipped" aria-label="More pages and settings">
					<ul className="list">
						{MORE_PAGES.map((page) => (
							<li key={page.name}>
								<Icon name={page.icon} className="mute" />
								<Link href={page.path} className="grow">
									{page.name}
								</Link>
							</li>
						))}
						{hasFreeze(role) && !isAllFrozen(holds) && (
							<li className="changes-allowed">
								<Icon name="frozen" className="mute" />
								<span className="grow">All changes</span>
								<FreezeButton className="button compact" />
							</li>
						)}
						<li>
							<Icon name="shadow" className="mute" />
							<span className="grow">Theme</span>
							<ThemeButton className="button compact" />
						</li>
						<li>
							<Icon name="people" className="mute" />
							<span className="grow">
								{name} <span className="meta">· {role}</span>
							</span>
							<SignOutButton className="button compact" />
						</li>
					</ul>
				</section>
				<details className="card">
					<summary>Keys</summary>
					<div className="pad stack close">
						<KeyList keys={KEYS} />
					</div>
				</details>
				<p className="caption meta">SmartCloudOps AI {session.version}</p>
			</div>
		</>
	);
}
