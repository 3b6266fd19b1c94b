// A context from the shell would change what the tests synthesize.
delete process.env.CDKTF_CONTEXT_JSON;
delete process.env.CDKTF_OUTDIR;
