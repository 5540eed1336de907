import { Fragment } from "react";
import { Link } from "wouter";
import { Icon } from "../components/icon.tsx";
import { PAGES, type PageEntry, type PageName, TABS, tabOf } from "./pages.ts";

type Props = { readonly current: PageName | undefined; readonly waiting: number };

/** The links of the side bar, in three groups. */
export function SideLinks({ current, waiting }: Props) {
	return PAGES.map((page) => (
		<Fragment key={page.name}>
			{(page.name === "Watches" || page.name === "Audit") && <div className="side-gap" />}
			<PageLink page={page} current={current} waiting={waiting} />
		</Fragment>
	));
}

/** The tab bar of phones. */
export function TabBar({ current, waiting }: Props) {
	return (
		<nav className="tab-bar" aria-label="Main">
			{TABS.map((page) => (
				<PageLink key={page.name} page={page} current={tabOf(current)} waiting={waiting} />
			))}
		</nav>
	);
}

function PageLink({ page, current, waiting }: Props & { readonly page: PageEntry }) {
	return (
		<Link href={page.path} className="page-link" aria-current={page.name === current ? "page" : undefined}>
			<Icon name={page.icon} className="page-icon" />
			{page.name}
			{page.name === "Approvals" && waiting > 0 && (
				<span className="waiting-count">
					{waiting}
					<span className="hidden-visually"> waiting</span>
				</span>
			)}
		</Link>
	);
}
