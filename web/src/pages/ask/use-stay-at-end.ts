import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 160;
const READER_MOVES = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** The end of the page: whether something new came below what is in view, and the way there. */
export type PageEnd = { readonly somethingNew: boolean; readonly goThere: () => void };

/** Keeps the newest message in view for those who are reading the newest; others are told, and nothing moves. */
export function useStayAtEnd(newestId: string | undefined): PageEnd {
	const [somethingNew, setSomethingNew] = useState(false);
	const atEnd = useRef(true);
	const seen = useRef<string>(undefined);
	const growing = useRef(false);
	const goThere = useCallback(() => {
		window.scrollTo(0, document.documentElement.scrollHeight);
		growing.current = true;
		setSomethingNew(false);
	}, []);

	useEffect(() => {
		const onScroll = () => {
			const below = document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
			atEnd.current = below < NEAR_PX;
			if (atEnd.current) setSomethingNew(false);
		};
		window.addEventListener("scroll", onScroll, { passive: true });
		return () => window.removeEventListener("scroll", onScroll);
	}, []);
	useFollowGrowth(growing);

	useLayoutEffect(() => {
		if (newestId === undefined || newestId === seen.current) return;
		const isFirst = seen.current === undefined;
		seen.current = newestId;
		if (isFirst || atEnd.current) goThere();
		else setSomethingNew(true);
	}, [newestId, goThere]);

	return { somethingNew, goThere };
}

/** A new message still grows when its pictures and buttons arrive: the end is followed until the reader does anything. */
function useFollowGrowth(growing: { current: boolean }): void {
	useEffect(() => {
		const stop = () => {
			growing.current = false;
		};
		const observer = new ResizeObserver(() => {
			if (growing.current) window.scrollTo(0, document.documentElement.scrollHeight);
		});
		observer.observe(document.body);
		for (const move of READER_MOVES) window.addEventListener(move, stop, { passive: true });
		return () => {
			observer.disconnect();
			for (const move of READER_MOVES) window.removeEventListener(move, stop);
		};
	}, [growing]);
}
