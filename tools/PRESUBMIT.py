# A check of vpython specs for depot_tools: copy CheckVPythonSpecs into your PRESUBMIT.py.
"""Lints all changed vpython specs, alone or in scripts, in one call."""

PRESUBMIT_VERSION = '2.0.0'
USE_PYTHON3 = True


def CheckVPythonSpecs(input_api, output_api):
    """Runs `vpython3 lint --changed` once: errors fail the presubmit, warnings ask."""
    vpython3 = input_api.environ.get('VPYTHON3_LINT') or ('vpython3.exe' if input_api.platform == 'win32' else 'vpython3')
    # The change tells its base, when it is one of Git; else lint finds it. The '.' leaves other directories to their own presubmits.
    upstream = getattr(input_api.change, 'UpstreamBranch', None)
    base = upstream() if upstream else None
    command = [vpython3, '-vpython-tool', 'lint', '--format', 'json', '--changed']
    command += ([base] if base else []) + ['--', '.']
    try:
        process = input_api.subprocess.Popen(
            command,
            cwd=input_api.PresubmitLocalPath(),
            stdout=input_api.subprocess.PIPE,
            stderr=input_api.subprocess.PIPE)
        out, err = process.communicate()
    except OSError as error:
        return [output_api.PresubmitNotifyResult('vpython specs were not linted: %s cannot be started (%s)' % (vpython3, error))]
    results = []
    if process.returncode not in (0, 1):
        results.append(output_api.PresubmitError('vpython3 lint failed', long_text=err.decode('utf-8', 'replace')))
    findings = input_api.json.loads(out.decode('utf-8') or '[]')
    for severity, result in (('error', output_api.PresubmitError), ('warning', output_api.PresubmitPromptWarning)):
        items = ['%(path)s:%(line)d:%(column)d: %(code)s %(message)s' % finding for finding in findings if finding['severity'] == severity]
        if items:
            results.append(result(
                'vpython specs have %s. `vpython3 rule CODE` explains, and `vpython3 lint --changed --fix` mends what it can:' % ('errors' if severity == 'error' else 'warnings'),
                items=items))
    return results
