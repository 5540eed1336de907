import { configureGlobal, readConfigureGlobal } from "fast-check";

// Property tests repeat: the same seed in every run, unless another is asked for.
configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.FAST_CHECK_SEED ?? 20261120) });
