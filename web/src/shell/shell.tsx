import { type ReactNode, useRef } from "react";
import { Link, useLocation } from "wouter";
import type { SessionView } from "../api/types.generated.ts";
import { useApprovals, useUnknownOutcomes } from "../api/use-readings.ts";
import { Logo } from "../components/logo.tsx";
import { forYou } from "../lib/message-states.ts";
import { useStore } from "../lib/store.ts";
import { connection } from "../live/connection.ts";
import { useLiveUpdates } from "../live/use-live-updates.ts";
import { ConnectionBar } from "./connection-bar.tsx";
import { HoldBar } from "./hold-bar.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { LiveRegions } from "./live-regions.tsx";
import { SideLinks, TabBar } from "./navigation.tsx";
import { pageOf } from "./pages.ts";
import { SideFoot } from "./side-foot.tsx";
import { PhoneHead, TopBar } from "./top-bar.tsx";
import { useDocumentTitle } from "./use-document-title.ts";
import { useIncidentAnnouncements } from "./use-incident-announcements.ts";
import { useShortcuts } from "./use-shortcuts.ts";

type Props = { readonly session: SessionView; readonly children: ReactNode };

/** The frame of every page for a person who is signed in. */
export function Shell({ session, children }: Props) {
	const dialog = useRef<HTMLDialogElement>(null);
	const [path] = useLocation();
	const current = pageOf(path);
	const unknown = useUnknownOutcomes().data?.items ?? [];
	const waiting = forYou(useApprovals().data?.items ?? []).length + unknown.length;
	const live = useStore(connection).state !== "lost";
	useLiveUpdates();
	useShortcuts(dialog);
	useDocumentTitle(current, waiting);
	useIncidentAnnouncements();
	return (
		<>
			<a className="skip-link" href="#main">
				Skip to content
			</a>
			<ConnectionBar />
			<HoldBar session={session} />
			<div className={live ? "app" : "app not-live"}>
				<nav className="side" aria-label="Main">
					<Link href="/" className="brand plain">
						<Logo />
						SmartCloudOps
					</Link>
					<SideLinks current={current} waiting={waiting} />
					<SideFoot session={session} onShowKeys={() => dialog.current?.showModal()} />
				</nav>
				<div className="main">
					<TopBar environment={session.environment} />
					<PhoneHead page={current} />
					<main id="main" tabIndex={-1}>
						{children}
					</main>
				</div>
				<TabBar current={current} waiting={waiting} />
			</div>
			<KeysDialog dialog={dialog} />
			<LiveRegions />
		</>
	);
}
