package io.parallax.engine.plan.cut;

import java.util.List;

/** A sampled key and how many rows it stands for. */
record WeighedKey(List<String> key, double rows) {}
