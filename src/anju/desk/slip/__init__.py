"""The slip of a ticket: half a sheet that goes along to the job."""
